using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Micro.Sessions;

/// <summary>A listener's client as its access point sees it: a key, a session, and a connection that can end.</summary>
internal sealed class LoadClient(EndpointChannelOptions address) : IDisposable
{
    private const int ListenPort = 4070;

    private EndpointChannel? _channel;
    private AsyncDuplexStreamingCall<ClientNotice, ServerNotice>? _stream;
    private string? _session;

    /// <summary>Calls under the session, on the connection that is open.</summary>
    public AccessPoint.AccessPointClient Calls { get; private set; } = null!;

    /// <summary>Logs in on a connection of its own, which is closed then.</summary>
    public async Task LogInAsync(string account, string password)
    {
        using var identity = NodeIdentity.Create();
        using var channel = new EndpointChannel(address);
        var request = new LoginRequest
        {
            Name = account,
            Password = password,
            PeerKey = ByteString.CopyFrom(identity.ExportPublicKey()),
            Role = LoginRoles.Listener,
        };
        var reply = await new AccessPoint.AccessPointClient(channel)
            .LogInAsync(request, challenge => KeyProof.Sign(identity, challenge, account));
        _session = reply.Session;
    }

    /// <summary>Takes the session up on a new connection; completes with the access point's first word.</summary>
    public async Task GoOnlineAsync()
    {
        _channel = new EndpointChannel(address) { Session = _session };
        Calls = new AccessPoint.AccessPointClient(_channel);
        _stream = Calls.Session();
        await _stream.RequestStream.WriteAsync(new ClientNotice { Online = new ClientOnline { ListenPort = ListenPort } });
        if (!await _stream.ResponseStream.MoveNext(CancellationToken.None))
            throw new IOException("The session stream has ended.");
    }

    /// <summary>Says that it has a file whole.</summary>
    public Task AnnounceAsync(ByteString file) =>
        _stream!.RequestStream.WriteAsync(new ClientNotice { Held = new FileHeld { File = file } });

    /// <summary>Closes the connection; the session holds.</summary>
    public void GoOffline()
    {
        _stream?.Dispose();
        _channel?.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => GoOffline();
}
