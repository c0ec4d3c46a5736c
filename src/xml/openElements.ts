import type { ElementNode, TreeNode } from './nodes';
import { Pile } from './pile';

/** The elements that are open, outermost first, with what was read of each so far. */
export class OpenElements {
	private readonly open: ElementNode[] = [];
	private readonly nodes = new Pile<TreeNode>();
	private readonly children = new Pile<ElementNode>();
	/** For each open element, how large the piles were before its content. */
	private readonly nodesBefore: number[] = [];
	private readonly childrenBefore: number[] = [];

	/** `whole` is false where blanks inside elements are not added, which is possible where every tag has its partner. */
	constructor(readonly whole: boolean) {}

	get depth(): number {
		return this.open.length;
	}

	get innermost(): ElementNode | undefined {
		return this.open[this.open.length - 1];
	}

	at(depth: number): ElementNode | undefined {
		return this.open[depth];
	}

	/** Adds to the content of the innermost element, or to the top level. */
	add(node: Exclude<TreeNode, ElementNode>): void {
		const parent = this.innermost;
		if (parent && node.kind === 'text' && !node.blank) {
			parent.hasText = true;
		}
		this.nodes.add(node);
	}

	addElement(element: ElementNode): void {
		this.nodes.add(element);
		this.children.add(element);
	}

	/** Lets what follows be the content of this element, until it is closed. */
	push(element: ElementNode): void {
		this.open.push(element);
		this.nodesBefore.push(this.nodes.size);
		this.childrenBefore.push(this.children.size);
	}

	/** Closes the innermost element, which then has its content. */
	pop(): ElementNode | undefined {
		const element = this.open.pop();
		if (element) {
			const children = this.children.takeFrom(this.childrenBefore.pop() ?? 0);
			const nodes = this.nodes.takeFrom(this.nodesBefore.pop() ?? 0, children);
			element.setContent(nodes, children, this.whole);
		}
		return element;
	}

	/** The nodes of the top level, when all elements are closed. */
	topLevel(): readonly TreeNode[] {
		return this.nodes.takeFrom(0);
	}
}
