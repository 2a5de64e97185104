using Grpc.Core;
using SpotifyCore.Contracts;

namespace SpotifyCore.Testing.Calls;

/// <summary>The generated clients over a channel, and what tests do with their streams.</summary>
public static class ContractClients
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static AccessPoint.AccessPointClient AccessPoint(this ChannelBase channel) => new(channel);

    public static UserAccounts.UserAccountsClient UserAccounts(this ChannelBase channel) => new(channel);

    public static ExternalSignIn.ExternalSignInClient ExternalSignIn(this ChannelBase channel) => new(channel);

    public static Credentials.CredentialsClient Credentials(this ChannelBase channel) => new(channel);

    public static OfflineMusic.OfflineMusicClient OfflineMusic(this ChannelBase channel) => new(channel);

    public static Handover.HandoverClient Handover(this ChannelBase channel) => new(channel);

    public static Librarian.LibrarianClient Librarian(this ChannelBase channel) => new(channel);

    public static Desktop.DesktopClient Desktop(this ChannelBase channel) => new(channel);

    /// <summary>The next message, or null after the last; fails where none comes on a broken machine.</summary>
    public static async Task<TResponse?> NextAsync<TRequest, TResponse>(
        this AsyncDuplexStreamingCall<TRequest, TResponse> call)
        where TResponse : class =>
        await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience)
            ? call.ResponseStream.Current
            : null;
}
