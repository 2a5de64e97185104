using System.Net;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Hosting.Options;

namespace SpotifyCore.Node.Configuration;

/// <summary>The texts of <see cref="NodeOptions"/>, understood.</summary>
internal sealed class NodeSettings
{
    private const int KeyIdDigits = 10;

    /// <summary>Reads the texts.</summary>
    /// <exception cref="OptionsException">One of them makes no sense.</exception>
    public NodeSettings(NodeOptions options)
    {
        Listen = IPEndPoint.TryParse(options.Listen, out var endPoint)
            ? endPoint
            : throw new OptionsException($"Listen can't be '{options.Listen}': it must be address:port");
        Masters = Addresses(nameof(options.Masters), options.Masters);
        Trusted = [.. options.Trusted.Select(static text => Id(nameof(options.Trusted), text))];
        if (options.AccessPoint.Length > 0 && !EndpointAddress.TryParse(options.AccessPoint, out _))
        {
            throw new OptionsException(
                $"AccessPoint can't be '{options.AccessPoint}': it must be http://HOST:PORT or https://HOST:PORT");
        }

        AccessPointId = options.AccessPointId.Length == 0
            ? null
            : Id(nameof(options.AccessPointId), options.AccessPointId);
        TicketKeys = [.. options.TicketKeys.Select(Key)];
    }

    public IPEndPoint Listen { get; }

    public IReadOnlyList<NodeAddress> Masters { get; }

    public IReadOnlyList<PeerId> Trusted { get; }

    public PeerId? AccessPointId { get; }

    public IReadOnlyList<KeyValuePair<uint, byte[]>> TicketKeys { get; }

    /// <summary>Reads a list of nodes, each of which must have an id.</summary>
    public static IReadOnlyList<NodeAddress> Addresses(string option, IEnumerable<string> texts)
    {
        var addresses = texts.Select(text => NodeAddress.TryParse(text, out var address) && address.Id is not null
            ? address
            : throw new OptionsException($"{option} can't hold '{text}': a node is id@host:port")).ToArray();
        var twice = addresses.GroupBy(static address => address.Id).FirstOrDefault(static same => same.Count() > 1);
        return twice is null
            ? addresses
            : throw new OptionsException($"{option} holds {twice.Key} twice");
    }

    private static PeerId Id(string option, string text) => PeerId.TryParse(text, out var id)
        ? id
        : throw new OptionsException($"{option} can't be '{text}': an id has 32 hexadecimal digits");

    private static KeyValuePair<uint, byte[]> Key(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var bytes = new byte[text.Length];
        return colon is > 0 and <= KeyIdDigits
            && uint.TryParse(text.AsSpan(0, colon), out var id)
            && Convert.TryFromBase64Chars(text.AsSpan(colon + 1), bytes, out var length)
            ? KeyValuePair.Create(id, bytes[..length])
            : throw new OptionsException($"TicketKeys can't hold '{text}': a key is number:base64");
    }
}
