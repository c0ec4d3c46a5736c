const none: readonly never[] = [];

/**
 * Collects the lists of many nodes one after the other, and hands out each in its size: lists that grow one by one are
 * mostly empty room, of which a megabyte of XML would have several.
 */
export class Pile<T> {
	private readonly items: T[] = [];
	size = 0;

	get last(): T | undefined {
		return this.items[this.size - 1];
	}

	add(item: T): void {
		this.items[this.size++] = item;
	}

	/** What was added since the pile had this size; it is then gone from the pile. `same` has all of it where it has as much. */
	takeFrom(size: number, same: readonly T[] = none): readonly T[] {
		const taken = this.size - size === same.length ? same : this.items.slice(size, this.size);
		this.size = size;
		return taken;
	}
}
