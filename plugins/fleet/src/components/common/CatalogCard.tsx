import {
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  Link,
  Text,
} from '@backstage/ui';
import { ReactNode } from 'react';
import tokens from '../../styles/tokens.module.css';
import { useFleetTranslation } from '../../useFleetTranslation';

/** What the fleet says on a page of the catalog, with the way to its own page where the portal has one. */
export function CatalogCard(props: {
  href: string | undefined;
  children: ReactNode;
}) {
  const { href, children } = props;
  const { t } = useFleetTranslation();
  return (
    <Card>
      <CardHeader>
        <Text as="h2" variant="title-x-small" weight="bold">
          {t('service.fleet')}
        </Text>
      </CardHeader>
      <CardBody className={tokens.tokens}>{children}</CardBody>
      {href && (
        <CardFooter>
          <Link href={href}>{t('service.openInFleet')}</Link>
        </CardFooter>
      )}
    </Card>
  );
}
