/** How this folder's sentences get into a person's language. */
export { english, type Localization } from '../base/localization';
