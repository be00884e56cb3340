/** Names by which the runner asks for contenders, without loading them. */
export const OURS = 'contactsheet';
export const BARE = 'bare fetch with p-limit';
export const BARRIER = 'batches with a barrier';
