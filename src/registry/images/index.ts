export { imageBaseName, type ImageFault, type ImageReference, parseImage } from './parse-image.js';
