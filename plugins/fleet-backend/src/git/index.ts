export * from './gitErrors';
export * from './githubHost';
export * from './gitRepositories';
export { CHANGE_TRAILER } from './pullRequests';
