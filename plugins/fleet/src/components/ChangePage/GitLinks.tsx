import { Change, ChangeStage } from '@backstage-fleet/plugin-fleet-common';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';
import { ExternalLink } from '../common';
import styles from './ChangePage.module.css';

type InGit = Pick<Change | ChangeStage, 'pullRequest' | 'commit'>;

/** Where a change is in Git, in short: its pull request, else its commit. */
export function GitLink(props: { change: Change }) {
  const { pullRequest, commit } = props.change;
  const { t } = useFleetTranslation();
  if (pullRequest) {
    return (
      <ExternalLink
        href={pullRequest.url}
        label={t('change.pullRequest', { number: String(pullRequest.number) })}
      >
        {t('changes.pullRequest', { number: String(pullRequest.number) })}
      </ExternalLink>
    );
  }
  return commit ? <CommitLink commit={commit} /> : null;
}

/** The pull request with its state, and the commit. */
export function GitLinks(props: { part: InGit }) {
  const { pullRequest, commit } = props.part;
  const { t } = useFleetTranslation();
  if (!pullRequest && !commit) {
    return null;
  }
  return (
    <span className={styles.git}>
      {pullRequest && (
        <span>
          <ExternalLink href={pullRequest.url}>
            {t('change.pullRequest', { number: String(pullRequest.number) })}
          </ExternalLink>{' '}
          <span className={tokens.muted}>
            {t(`changePage.pullRequestState.${pullRequest.state}`)}
          </span>
        </span>
      )}
      {commit && <CommitLink commit={commit} />}
    </span>
  );
}

function CommitLink(props: { commit: NonNullable<InGit['commit']> }) {
  const { sha, url } = props.commit;
  const { t } = useFleetTranslation();
  const text = t('change.commit', { sha: sha.slice(0, 7) });
  return url ? (
    <ExternalLink href={url}>{text}</ExternalLink>
  ) : (
    <span>{text}</span>
  );
}
