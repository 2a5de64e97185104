using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts.Serving;
using SpotifyCore.Testing;

namespace SpotifyCore.Contracts.Tests.Echo;

/// <summary>Our server.</summary>
public abstract class OwnPeer : EchoPeer
{
    private GrpcServer? _server;

    public override async Task InitializeAsync()
    {
        _server = await GrpcServer.StartAsync(Options(), EchoService.Create());
        Address = _server.Addresses[0];
    }

    public override async Task DisposeAsync() => await _server!.DisposeAsync();

    protected abstract GrpcServerOptions Options();
}

public sealed class OwnTcpPeer : OwnPeer
{
    protected override GrpcServerOptions Options() => new() { Address = "http://127.0.0.1:0" };
}

public sealed class OwnTlsPeer : OwnPeer
{
    private readonly TempDirectory _directory = new();

    /// <summary>The certificate, for clients that have to trust it by name.</summary>
    public string CertificateFile => _directory["certificate.pem"];

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override GrpcServerOptions Options()
    {
        var certificate = TestCertificate.Create();
        ServerId = PinnedKey.IdOf(certificate);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        return new GrpcServerOptions { Address = "https://localhost:0", Certificate = certificate };
    }
}

public sealed class OwnUnixPeer : OwnPeer
{
    private readonly TempDirectory _directory = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _directory.Dispose();
    }

    protected override GrpcServerOptions Options() => new() { Address = $"unix:{_directory["echo.sock"]}" };
}
