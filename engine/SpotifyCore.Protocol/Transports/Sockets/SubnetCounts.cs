using SpotifyCore.Content.Limits;

namespace SpotifyCore.Protocol.Transports.Sockets;

/// <summary>Counts by subnet; holds those above zero alone. Not for several threads.</summary>
internal sealed class SubnetCounts
{
    private readonly Dictionary<Subnet, int> _counts = [];

    /// <summary>The count of a subnet.</summary>
    public int this[Subnet subnet] => _counts.GetValueOrDefault(subnet);

    /// <summary>One more.</summary>
    public void Add(Subnet subnet) => _counts[subnet] = this[subnet] + 1;

    /// <summary>One less.</summary>
    public void Remove(Subnet subnet)
    {
        if (_counts[subnet] == 1)
            _counts.Remove(subnet);
        else
            _counts[subnet]--;
    }
}
