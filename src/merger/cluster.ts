/** A reason to put two nodes into one cluster. Nodes are numbers in a canonical order. */
export interface Link {
  a: number;
  b: number;
  /** Stronger links are followed first. */
  score: number;
  /** Rests on too little to choose between two homes: followed only where there is no choice. */
  isWeak: boolean;
}

export interface ClusterOptions {
  /** A rival home whose link is weaker by this much is no rival. */
  clearLead?: number;
  /**
   * How much speaks for a pair (above 0) or against: two clusters join only where all pairs across them together speak for
   * it (correlation clustering), those that have no link too.
   */
  evidence?: (a: number, b: number) => number;
}

/** Of shows: a host who agrees outweighs one who is not named. */
const CLEAR_LEAD = 100;

/**
 * Clusters nodes so that no two members of a cluster conflict (complete linkage over conflicts): links are followed
 * from the strongest to the weakest in a total order, and a link that would bring a conflicting pair together is not
 * followed, so that a chain of links never joins what must stay apart. Weak links come last, and one whose end
 * could as well go to another cluster that conflicts with the first choice is not followed at all.
 *
 * The result depends on the nodes' canonical order alone.
 */
export function clusterNodes(
  count: number,
  links: readonly Link[],
  conflict: (a: number, b: number) => boolean,
  { clearLead = CLEAR_LEAD, evidence }: ClusterOptions = {},
): number[][] {
  const clusters = new Clusters(count, conflict, evidence);
  const inOrder = [...links].sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  for (const link of inOrder) if (!link.isWeak) clusters.join(link.a, link.b);
  const weak = inOrder.filter((link) => link.isWeak && clusters.homeOf(link.a) !== clusters.homeOf(link.b));
  for (const link of withoutAmbiguous(weak, clusters, clearLead)) clusters.join(link.a, link.b);
  return clusters.all();
}

function withoutAmbiguous(weak: readonly Link[], clusters: Clusters, clearLead: number): Link[] {
  const ends = weak.map((link) => ({ link, a: clusters.homeOf(link.a), b: clusters.homeOf(link.b) }));
  const scores = new Map<number, Map<number, number>>();
  const note = (from: number, to: number, score: number): void => {
    const known = scores.get(from) ?? new Map<number, number>();
    known.set(to, Math.max(score, known.get(to) ?? score));
    scores.set(from, known);
  };
  for (const { link, a, b } of ends) {
    if (clusters.conflict(a, b)) continue;
    note(a, b, link.score);
    note(b, a, link.score);
  }
  const hasRival = (from: number, to: number): boolean => {
    const own = scores.get(from) ?? new Map<number, number>();
    const score = own.get(to) ?? 0;
    return [...own].some(([other, its]) => other !== to && its > score - clearLead && clusters.conflict(other, to));
  };
  return ends.filter(({ a, b }) => !hasRival(a, b) && !hasRival(b, a)).map(({ link }) => link);
}

class Clusters {
  private readonly home: number[];
  private readonly members: Map<number, number[]>;
  private readonly nodesConflict: (a: number, b: number) => boolean;
  private readonly evidence: ((a: number, b: number) => number) | undefined;

  constructor(
    count: number,
    nodesConflict: (a: number, b: number) => boolean,
    evidence: ((a: number, b: number) => number) | undefined,
  ) {
    this.evidence = evidence;
    this.home = Array.from({ length: count }, (_, node) => node);
    this.members = new Map(this.home.map((node) => [node, [node]]));
    this.nodesConflict = nodesConflict;
  }

  /** The cluster a node is in, named by its first member. */
  homeOf(node: number): number {
    return this.home[node] ?? node;
  }

  conflict(clusterA: number, clusterB: number): boolean {
    const left = this.members.get(clusterA) ?? [];
    const right = this.members.get(clusterB) ?? [];
    return left.some((a) => right.some((b) => this.nodesConflict(Math.min(a, b), Math.max(a, b))));
  }

  join(nodeA: number, nodeB: number): void {
    const homes = [this.homeOf(nodeA), this.homeOf(nodeB)].sort((x, y) => x - y);
    const [kept, given] = homes;
    if (kept === undefined || given === undefined || kept === given || this.conflict(kept, given)) return;
    if (!this.speakForEachOther(kept, given)) return;
    const moved = this.members.get(given) ?? [];
    for (const node of moved) this.home[node] = kept;
    this.members.set(
      kept,
      [...(this.members.get(kept) ?? []), ...moved].sort((x, y) => x - y),
    );
    this.members.delete(given);
  }

  private speakForEachOther(clusterA: number, clusterB: number): boolean {
    const { evidence } = this;
    if (evidence === undefined) return true;
    let sum = 0;
    for (const a of this.members.get(clusterA) ?? [])
      for (const b of this.members.get(clusterB) ?? []) sum += evidence(Math.min(a, b), Math.max(a, b));
    return sum > 0;
  }

  all(): number[][] {
    return [...this.members.values()].sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0));
  }
}
