using System;
using System.Collections;
using System.Collections.Generic;

namespace Microsoft.WindowsAzure.ServiceRuntime;

/// <summary>A dictionary that role code can read but not change; .NET Framework 4.0 has none of its own.</summary>
internal sealed class ReadOnlyMap<TKey, TValue> : IDictionary<TKey, TValue>
{
	private readonly IDictionary<TKey, TValue> inner;

	internal ReadOnlyMap(IDictionary<TKey, TValue> inner)
	{
		this.inner = inner;
	}

	public ICollection<TKey> Keys
	{
		get { return inner.Keys; }
	}

	public ICollection<TValue> Values
	{
		get { return inner.Values; }
	}

	public int Count
	{
		get { return inner.Count; }
	}

	public bool IsReadOnly
	{
		get { return true; }
	}

	public TValue this[TKey key]
	{
		get { return inner[key]; }
		set { throw ReadOnly(); }
	}

	public bool ContainsKey(TKey key)
	{
		return inner.ContainsKey(key);
	}

	public bool TryGetValue(TKey key, out TValue value)
	{
		return inner.TryGetValue(key, out value);
	}

	public bool Contains(KeyValuePair<TKey, TValue> item)
	{
		return inner.Contains(item);
	}

	public void CopyTo(KeyValuePair<TKey, TValue>[] array, int arrayIndex)
	{
		inner.CopyTo(array, arrayIndex);
	}

	public IEnumerator<KeyValuePair<TKey, TValue>> GetEnumerator()
	{
		return inner.GetEnumerator();
	}

	IEnumerator IEnumerable.GetEnumerator()
	{
		return inner.GetEnumerator();
	}

	void IDictionary<TKey, TValue>.Add(TKey key, TValue value)
	{
		throw ReadOnly();
	}

	bool IDictionary<TKey, TValue>.Remove(TKey key)
	{
		throw ReadOnly();
	}

	void ICollection<KeyValuePair<TKey, TValue>>.Add(KeyValuePair<TKey, TValue> item)
	{
		throw ReadOnly();
	}

	void ICollection<KeyValuePair<TKey, TValue>>.Clear()
	{
		throw ReadOnly();
	}

	bool ICollection<KeyValuePair<TKey, TValue>>.Remove(KeyValuePair<TKey, TValue> item)
	{
		throw ReadOnly();
	}

	private static NotSupportedException ReadOnly()
	{
		return new NotSupportedException("The role environment can be read but not changed; change the service configuration instead.");
	}
}
