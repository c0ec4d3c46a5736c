using System;
using System.IO;

namespace Ledger
{
    /// <summary>The number of the next visitor, kept in local storage and so over every recycle.</summary>
    internal sealed class Book
    {
        private readonly object access = new object();
        private readonly string file;

        public Book(string file, int first)
        {
            this.file = file;
            Next = Math.Max(first, File.Exists(file) ? int.Parse(File.ReadAllText(file)) : first);
        }

        public int Next { get; private set; }

        public int Take()
        {
            lock (access)
            {
                var number = Next;
                Next = number + 1;
                File.WriteAllText(file, Next.ToString());
                return number;
            }
        }
    }
}
