using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Services;

/// <summary>Who may call a method, and how much may be sent there.</summary>
/// <param name="Needed">The roles that the session must have; null when not even a session is needed.</param>
/// <param name="MaxMessageBytes">Most bytes of one message.</param>
internal readonly record struct CallRule(AccountRoles? Needed, int MaxMessageBytes)
{
    /// <summary>Whether a session of an app password may call it: it finds and plays music, and stays or leaves.</summary>
    public bool IsOfStreaming { get; init; }

    /// <summary>What a stranger may send: a name, a password, a key and its proof take a few hundred bytes.</summary>
    private const int StrangersBytes = 4 << 10;

    /// <summary>What may be sent with an id token, which has a few thousand bytes.</summary>
    private const int TokensBytes = 16 << 10;

    /// <summary>What an account may send: the longest is a first notice, of a client's networks.</summary>
    public const int AccountsBytes = 64 << 10;

    /// <summary>What a new track may take, with its manifests and its cover, and a thousand locations.</summary>
    private const int TracksBytes = 16 << 20;

    private const string AccessPoint = "/spotifycore.accesspoint.v1.AccessPoint/";
    private const string Discards = "/spotifycore.discards.v1.Discards/";
    private const string UserAccounts = "/spotifycore.accounts.v1.UserAccounts/";
    private const string ExternalSignIn = "/spotifycore.signin.v1.ExternalSignIn/";
    private const string Credentials = "/spotifycore.credentials.v1.Credentials/";
    private const string OfflineMusic = "/spotifycore.offline.v1.OfflineMusic/";
    private const string Handover = "/spotifycore.handover.v1.Handover/";
    private const string Librarian = "/spotifycore.librarian.v1.Librarian/";

    /// <summary>
    /// The rule of a method. Only what is named here is open to strangers, to app passwords, or to accounts that may
    /// neither listen nor import.
    /// </summary>
    public static CallRule Of(string method) => method switch
    {
        AccessPoint + "GetLoginChallenge" or AccessPoint + "Login" or AccessPoint + "GetTicketKeys" =>
            new CallRule(null, StrangersBytes),
        AccessPoint + "LogOut" or AccessPoint + "RefreshTicket" or AccessPoint + "Search"
            or AccessPoint + "ListNames" or AccessPoint + "GetTrack" or AccessPoint + "GetAlbum"
            or AccessPoint + "GetCover" =>
            new CallRule(AccountRoles.None, AccountsBytes) { IsOfStreaming = true },
        AccessPoint + "OpenTrack" or AccessPoint + "FindPeers" or AccessPoint + "Session" =>
            new CallRule(AccountRoles.Listener, AccountsBytes) { IsOfStreaming = true },
        UserAccounts + "Register" or UserAccounts + "VerifyEmail" or UserAccounts + "AskPasswordReset"
            or UserAccounts + "ResetPassword" => new CallRule(null, StrangersBytes),
        UserAccounts + "GetProfile" or UserAccounts + "SetProfile" or UserAccounts + "ListSessions"
            or UserAccounts + "EndSessions" or UserAccounts + "Invite" or UserAccounts + "ListInvitations"
            or UserAccounts + "AddAppPassword" or UserAccounts + "ListAppPasswords"
            or UserAccounts + "RemoveAppPassword" or UserAccounts + "SendVerification" =>
            new CallRule(AccountRoles.None, AccountsBytes),
        ExternalSignIn + "ListProviders" or ExternalSignIn + "BeginSignIn" or ExternalSignIn + "SignIn" =>
            new CallRule(null, TokensBytes),
        ExternalSignIn + "ListLinks" or ExternalSignIn + "Link" or ExternalSignIn + "Unlink" =>
            new CallRule(AccountRoles.None, AccountsBytes),
        Credentials + "ChangePassword" or Credentials + "ChangeEmail" => new CallRule(AccountRoles.None, AccountsBytes),
        _ when method.StartsWith(OfflineMusic, StringComparison.Ordinal) =>
            new CallRule(AccountRoles.Listener, AccountsBytes),
        Handover + "KeepPlayback" or Handover + "GetPlayback" =>
            new CallRule(AccountRoles.Listener, AccountsBytes) { IsOfStreaming = true },
        Discards + "ListDiscards" or Discards + "MayDiscard" => new CallRule(null, StrangersBytes),
        Librarian + "AddTrack" or Librarian + "RemoveSources" => new CallRule(AccountRoles.Import, TracksBytes),
        _ when method.StartsWith(Librarian, StringComparison.Ordinal) =>
            new CallRule(AccountRoles.Import, AccountsBytes),
        _ => new CallRule(AccountRoles.Listener, AccountsBytes),
    };
}
