using Google.Protobuf;
using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Serving;

namespace SpotifyCore.Node.Tests.Trust;

/// <summary>An access point that publishes ticket keys and has nothing else.</summary>
internal sealed class KeyPublisher(Func<IReadOnlyDictionary<uint, byte[]>> keys) : AccessPoint.AccessPointBase
{
    public static Task<GrpcServer> StartAsync(string address, Func<IReadOnlyDictionary<uint, byte[]>> keys) =>
        GrpcServer.StartAsync(
            new GrpcServerOptions { Address = address },
            ServedService.Create(new KeyPublisher(keys), new OpenGate()));

    public override Task<TicketKeys> GetTicketKeys(GetTicketKeysRequest request, ServerCallContext context)
    {
        var published = new TicketKeys();
        foreach (var (id, key) in keys())
            published.Keys.Add(new TicketKey { Id = id, PublicKey = ByteString.CopyFrom(key) });

        return Task.FromResult(published);
    }
}
