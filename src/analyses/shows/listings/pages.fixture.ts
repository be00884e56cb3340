/** A page and the shows it lists, each as `venue | city | days | start-end | host`; `-` where the page says nothing. */
export interface PageCase {
  what: string;
  lines: string[];
  centred?: boolean;
  columns?: number[];
  shows: string[];
}
