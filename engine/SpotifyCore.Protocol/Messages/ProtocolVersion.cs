namespace SpotifyCore.Protocol.Messages;

/// <summary>The versions that this side speaks.</summary>
public static class ProtocolVersion
{
    /// <summary>The oldest.</summary>
    public const ushort First = 1;

    /// <summary>The newest.</summary>
    public const ushort Last = 3;

    /// <summary>The first version with searches.</summary>
    public const ushort WithSearch = 2;

    /// <summary>The first version with lists of files, and with the code of a full disk.</summary>
    public const ushort WithLists = 3;

    /// <summary>The first four bytes of a hello's payload: "SCP1".</summary>
    public const uint Magic = 0x31504353;

    /// <summary>The newest version that both sides speak; 0 when there is none.</summary>
    public static ushort Choose(ushort first, ushort last)
    {
        var newest = Math.Min(Last, last);
        return newest >= Math.Max(First, first) ? newest : (ushort)0;
    }
}
