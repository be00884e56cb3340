/** Names by which the runner asks for contenders, without loading them. */
export const OURS = 'contactsheet';
export const BARE = 'bare fetch with p-limit';
export const BARRIER = 'batches with a barrier';
/** How those did it who built these analyses first, as the issue tells it. */
export const IMAGE_BY_IMAGE = 'the original: image by image';
export const FIVE_AT_A_TIME = 'the original: five at a time';
