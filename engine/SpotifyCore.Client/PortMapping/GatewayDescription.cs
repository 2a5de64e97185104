using System.Xml;

namespace SpotifyCore.Client.PortMapping;

/// <summary>The service of a gateway that maps ports, out of its description (UPnP Device Architecture 2.3).</summary>
/// <param name="ServiceType">Its type, which a call names.</param>
/// <param name="Control">Where it is called.</param>
internal sealed record GatewayDescription(string ServiceType, Uri Control)
{
    private const int MaxDepth = 32;

    private static readonly string[] Wanted =
    [
        "urn:schemas-upnp-org:service:WANIPConnection:2",
        "urn:schemas-upnp-org:service:WANIPConnection:1",
        "urn:schemas-upnp-org:service:WANPPPConnection:1",
    ];

    /// <summary>XML of strangers: no document types, no entities, nothing fetched.</summary>
    public static XmlReaderSettings Safe { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Reads a description; null when it has no such service on its own host.</summary>
    /// <exception cref="XmlException">It is no XML, or of a kind that is not read.</exception>
    public static GatewayDescription? Read(Stream description, Uri place)
    {
        using var reader = XmlReader.Create(description, Safe);
        var services = new List<(string Type, string Control)>();
        var (type, control, name) = ("", "", "");
        while (reader.Read())
        {
            if (reader.Depth > MaxDepth)
                throw new XmlException("The description is nested too deeply.");

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    name = reader.LocalName;
                    if (name == "service")
                        (type, control) = ("", "");
                    break;
                case XmlNodeType.Text when name == "serviceType":
                    type = reader.Value.Trim();
                    break;
                case XmlNodeType.Text when name == "controlURL":
                    control = reader.Value.Trim();
                    break;
                case XmlNodeType.EndElement when reader.LocalName == "service":
                    services.Add((type, control));
                    break;
            }
        }

        return Choose(services, place);
    }

    private static GatewayDescription? Choose(List<(string Type, string Control)> services, Uri place)
    {
        foreach (var wanted in Wanted)
        {
            foreach (var (type, control) in services)
            {
                // A path, or an address on the same host: a gateway sends nobody elsewhere.
                if (type == wanted
                    && Uri.TryCreate(place, control, out var address)
                    && address.Scheme == Uri.UriSchemeHttp
                    && address.Host == place.Host)
                    return new GatewayDescription(type, address);
            }
        }

        return null;
    }
}
