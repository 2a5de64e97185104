using System.Security.Cryptography.X509Certificates;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Tests.Echo;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Foreign;

/// <summary>Debian's grpcio as the server.</summary>
public abstract class GrpcioPeer : EchoPeer
{
    private PythonProcess? _server;

    protected TempDirectory Directory { get; } = new();

    public override async Task InitializeAsync()
    {
        _server = new PythonProcess("echo_server.py", Arguments());
        Address = AddressOf(await _server.ReadLineAsync());
    }

    public override Task DisposeAsync()
    {
        _server!.Dispose();
        Directory.Dispose();
        return Task.CompletedTask;
    }

    protected abstract string[] Arguments();

    protected abstract string AddressOf(string port);
}

public sealed class GrpcioTcpPeer : GrpcioPeer
{
    protected override string[] Arguments() => ["127.0.0.1:0"];

    protected override string AddressOf(string port) => $"http://127.0.0.1:{port}";
}

public sealed class GrpcioTlsPeer : GrpcioPeer
{
    protected override string[] Arguments()
    {
        using var certificate = TestCertificate.Create();
        ServerId = PinnedKey.IdOf(certificate);
        File.WriteAllText(Directory["key.pem"], certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Directory["certificate.pem"], certificate.ExportCertificatePem());
        return ["localhost:0", Directory["key.pem"], Directory["certificate.pem"]];
    }

    protected override string AddressOf(string port) => $"https://localhost:{port}";
}

public sealed class GrpcioUnixPeer : GrpcioPeer
{
    protected override string[] Arguments() => [$"unix:{Directory["echo.sock"]}"];

    protected override string AddressOf(string port) => $"unix:{Directory["echo.sock"]}";
}
