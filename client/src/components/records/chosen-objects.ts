import { create } from 'zustand';

/** Whether products that the model finds are then asked about one by one. Kept while the page lives, as chosen zones are. */
export const useChosenObjects = create<{ eachByItself: boolean }>(() => ({ eachByItself: true }));
