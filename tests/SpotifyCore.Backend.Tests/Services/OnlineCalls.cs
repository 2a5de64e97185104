using Grpc.Core;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Testing.Calls;

namespace SpotifyCore.Backend.Tests.Services;

/// <summary>What a client does to be online.</summary>
internal static class OnlineCalls
{
    public static Task<AsyncDuplexStreamingCall<ClientNotice, ServerNotice>> GoOnlineAsync(
        EndpointChannel channel, int port = 0, string site = "") =>
        GoOnlineAsync(channel, new ClientOnline { ListenPort = port, Site = site });

    public static async Task<AsyncDuplexStreamingCall<ClientNotice, ServerNotice>> GoOnlineAsync(
        EndpointChannel channel, ClientOnline place)
    {
        var call = channel.AccessPoint().Session();
        await call.RequestStream.WriteAsync(new ClientNotice { Online = place });
        Assert.NotNull((await call.NextAsync())!.Welcome);
        return call;
    }

    public static async Task<ServerNotice?> ReadToEndAsync(AsyncDuplexStreamingCall<ClientNotice, ServerNotice> call)
    {
        while (await call.NextAsync() is not null)
            continue;

        return null;
    }
}
