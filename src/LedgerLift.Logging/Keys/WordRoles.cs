namespace LedgerLift.Logging;

/// <summary>What a word of a key name says about the value behind the key.</summary>
[Flags]
internal enum WordRoles
{
    /// <summary>A word that key names are built of. It helps to take joined words apart and says nothing by itself.</summary>
    None = 0,

    /// <summary>The value is sensitive wherever the word stands; nothing but the host's own allow list uncovers it.</summary>
    Strong = 1,

    /// <summary>The value is sensitive unless the rest of the name says that it is a count, a type, a date or the like of it.</summary>
    Weak = 2,

    /// <summary>With <see cref="Weak"/>: the id of the thing is as good as the thing (a session id).</summary>
    StaysWithId = 4,

    /// <summary>As the last word it names what the value is: a count, a type, a date.</summary>
    VetoLast = 8,

    /// <summary>As the first word it makes the name a question or a switch: is, has, use.</summary>
    VetoFirst = 16,

    /// <summary>As the first word it makes plurals an amount: max tokens.</summary>
    AmountFirst = 32,

    /// <summary>As the last word it makes the name a time or a span: at, in, for.</summary>
    Trailing = 64,

    /// <summary>Before "key": that key opens something.</summary>
    OpensWithKey = 128,

    /// <summary>Before "key": that key only finds something.</summary>
    FindsWithKey = 256,

    /// <summary>Before "pass": the short form of password.</summary>
    HasPass = 512,

    /// <summary>Before "ip": the address of a person's device.</summary>
    HasAddress = 1024,

    /// <summary>Before "name": a person's.</summary>
    IsNamed = 2048,

    /// <summary>Before "address": where a person lives or receives things.</summary>
    IsPlace = 4096,
}
