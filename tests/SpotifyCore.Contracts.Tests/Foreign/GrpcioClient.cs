using System.Text.Json.Nodes;
using SpotifyCore.Contracts.Tests.Echo;

namespace SpotifyCore.Contracts.Tests.Foreign;

/// <summary>Debian's grpcio as the client of our server: what it saw in each scenario of echo_client.py.</summary>
public abstract class GrpcioClient(OwnPeer server) : IAsyncLifetime
{
    private readonly Dictionary<string, JsonNode> _seen = new(StringComparer.Ordinal);

    public JsonNode this[string scenario] => _seen[scenario];

    public async Task InitializeAsync()
    {
        await server.InitializeAsync();
        using var client = new PythonProcess("echo_client.py", [Target(server.Address), .. Trusted(server)]);
        foreach (var line in (await client.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var seen = JsonNode.Parse(line)!;
            _seen.Add(seen["scenario"]!.GetValue<string>(), seen);
        }
    }

    public Task DisposeAsync() => server.DisposeAsync();

    private static string Target(string address) =>
        address.StartsWith("unix:", StringComparison.Ordinal) ? address : $"localhost:{new Uri(address).Port}";

    private static string[] Trusted(OwnPeer server) => server is OwnTlsPeer tls ? [tls.CertificateFile] : [];
}

public sealed class GrpcioTcpClient() : GrpcioClient(new OwnTcpPeer());

public sealed class GrpcioTlsClient() : GrpcioClient(new OwnTlsPeer());

public sealed class GrpcioUnixClient() : GrpcioClient(new OwnUnixPeer());
