using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Node.Tests.Trust;

/// <summary>An access point that publishes ticket keys and has nothing else.</summary>
internal sealed class KeyPublisher(Func<IReadOnlyDictionary<uint, byte[]>> keys) : AccessPoint.AccessPointBase
{
    /// <summary>Starts it, and calls it once: a process's first call takes long on a busy machine, and a node waits 2 s.</summary>
    public static async Task<GrpcServer> StartAsync(string address, Func<IReadOnlyDictionary<uint, byte[]>> keys)
    {
        var server = await GrpcServer.StartAsync(
            new GrpcServerOptions { Address = address },
            ServedService.Create(new KeyPublisher(keys), AccessPoint.BindService, new OpenGate()));
        using var channel = new EndpointChannel(new EndpointChannelOptions { Address = server.Addresses[0] });
        await new AccessPoint.AccessPointClient(channel).GetTicketKeysAsync(new GetTicketKeysRequest());
        return server;
    }

    public override Task<TicketKeys> GetTicketKeys(GetTicketKeysRequest request, ServerCallContext context)
    {
        var published = new TicketKeys();
        foreach (var (id, key) in keys())
            published.Keys.Add(new TicketKey { Id = id, PublicKey = ByteString.CopyFrom(key) });

        return Task.FromResult(published);
    }
}
