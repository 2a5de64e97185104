using SpotifyCore.Rpc.Server;
using SpotifyCore.Testing;

namespace SpotifyCore.Rpc.Tests.Echo;

/// <summary>Our server.</summary>
public abstract class OwnPeer : EchoPeer
{
    private RpcServer? _server;

    public override async Task InitializeAsync()
    {
        _server = await RpcServer.StartAsync(Options(), new EchoService().Build());
        Address = _server.Addresses[0];
    }

    public override async Task DisposeAsync() => await _server!.DisposeAsync();

    protected abstract RpcServerOptions Options();
}

public sealed class OwnTcpPeer : OwnPeer
{
    protected override RpcServerOptions Options() => new() { Address = "http://127.0.0.1:0" };
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

    protected override RpcServerOptions Options()
    {
        var certificate = TestCertificate.Create();
        ServerId = TestCertificate.IdOf(certificate);
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        return new RpcServerOptions { Address = "https://localhost:0", Certificate = certificate };
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

    protected override RpcServerOptions Options() => new() { Address = $"unix:{_directory["echo.sock"]}" };
}
