using System.Net;
using Microsoft.Extensions.Logging;
using SpotifyCore.Backend.Billing;
using SpotifyCore.Backend.Registration;
using SpotifyCore.Content.Identity;
using SpotifyCore.Contracts;

namespace SpotifyCore.Backend.Logging;

/// <summary>
/// What the access point tells its operator; events 7000 to 7099. Never a password, token, ticket or key.
/// </summary>
internal static partial class BackendLog
{
    [LoggerMessage(7000, LogLevel.Information, "{Account} logged in with client {Peer}")]
    public static partial void LoggedIn(this ILogger logger, string account, PeerId peer);

    // What was typed as a name may be a password.
    [LoggerMessage(7001, LogLevel.Warning, "A login from {Address} failed")]
    public static partial void LoginFailed(this ILogger logger, IPAddress? address);

    [LoggerMessage(7002, LogLevel.Warning, "A login from {Address} was refused: too many tries; open again in {Wait}")]
    public static partial void LoginThrottled(this ILogger logger, IPAddress? address, TimeSpan wait);

    [LoggerMessage(7003, LogLevel.Information, "{Account} has registered, of {Country}, from {Address}")]
    public static partial void Registered(this ILogger logger, string account, string country, IPAddress? address);

    // What was typed as a name may be a password.
    [LoggerMessage(7004, LogLevel.Information, "A registration from {Address}, of {Country}, was refused: {Refusal}")]
    public static partial void RegistrationRefused(
        this ILogger logger, IPAddress? address, string country, RegistrationRefusal refusal);

    [LoggerMessage(
        7005, LogLevel.Warning, "A registration from {Address} was refused: too many tries; open again in {Wait}")]
    public static partial void RegistrationThrottled(this ILogger logger, IPAddress? address, TimeSpan wait);

    [LoggerMessage(7006, LogLevel.Information, "{Sessions} sessions of {Account} were ended by its client {Peer}")]
    public static partial void SessionsRevoked(this ILogger logger, int sessions, string account, PeerId peer);

    [LoggerMessage(7007, LogLevel.Information, "A mail for {Purpose} went to the address of {Account}")]
    public static partial void MailSent(this ILogger logger, string purpose, string account);

    [LoggerMessage(7008, LogLevel.Error, "A mail for {Purpose} was not sent: {Reason}")]
    public static partial void MailFailed(this ILogger logger, string purpose, string reason);

    [LoggerMessage(7009, LogLevel.Information, "The password of {Account} was set with a code of a mail, from {Address}")]
    public static partial void PasswordReset(this ILogger logger, string account, IPAddress? address);

    [LoggerMessage(
        7016, LogLevel.Information, "{Account} has another password, from {Address}; {Sessions} other sessions ended")]
    public static partial void PasswordChanged(this ILogger logger, string account, IPAddress? address, int sessions);

    [LoggerMessage(7017, LogLevel.Information, "{Account} has another e-mail address, from {Address}")]
    public static partial void EmailChanged(this ILogger logger, string account, IPAddress? address);

    [LoggerMessage(
        7010, LogLevel.Information, "Track {Track} added with {Files} files by {Account}; known before: {Replaced}")]
    public static partial void TrackAdded(this ILogger logger, string track, int files, string account, bool replaced);

    [LoggerMessage(7011, LogLevel.Warning, "A track of {Account} was refused: {Reason}")]
    public static partial void TrackRefused(this ILogger logger, string account, string reason);

    [LoggerMessage(
        7012, LogLevel.Information, "{Sources} sources removed by {Account}, and {Tracks} tracks with them")]
    public static partial void SourcesRemoved(this ILogger logger, int sources, int tracks, string account);

    [LoggerMessage(7013, LogLevel.Information, "Change {Mend} of the catalogue by {Account}: {What}")]
    public static partial void CatalogueMended(this ILogger logger, long mend, string account, string what);

    [LoggerMessage(
        7014, LogLevel.Information, "{Files} files of sounds that nothing shows any more may be deleted by the masters")]
    public static partial void FilesLetGo(this ILogger logger, int files);

    [LoggerMessage(7015, LogLevel.Error, "What nothing shows any more can't be looked for: {Reason}")]
    public static partial void SweepFailed(this ILogger logger, string reason);

    [LoggerMessage(
        7016, LogLevel.Information, "Advert {Advert} of the campaign '{Campaign}' added by {Account}; known before: {Replaced}")]
    public static partial void AdvertAdded(
        this ILogger logger, string advert, string campaign, string account, bool replaced);

    [LoggerMessage(7020, LogLevel.Debug, "Client {Peer} came online at {Host}:{Port}, site {Site}")]
    public static partial void ClientOnline(this ILogger logger, PeerId peer, string host, int port, string site);

    [LoggerMessage(7021, LogLevel.Debug, "Client {Peer} went offline")]
    public static partial void ClientOffline(this ILogger logger, PeerId peer);

    [LoggerMessage(7022, LogLevel.Debug, "Client {Asker} wanted client {Peer} to connect, which was not passed on")]
    public static partial void ReverseDropped(this ILogger logger, PeerId asker, PeerId peer);

    [LoggerMessage(7023, LogLevel.Information, "Client {Peer} was reported ({Fault}) by {Account}")]
    public static partial void PeerReported(this ILogger logger, PeerId peer, PeerFault fault, string account);

    [LoggerMessage(
        7030, LogLevel.Information, "The search index was made anew in the background: {Tracks} tracks in {Seconds:F1} s")]
    public static partial void IndexMade(this ILogger logger, long tracks, double seconds);

    [LoggerMessage(7031, LogLevel.Warning, "The search index is damaged and is made anew ({Reason})")]
    public static partial void IndexDamaged(this ILogger logger, string reason);

    [LoggerMessage(7032, LogLevel.Warning, "The search index can't follow the catalogue; it is tried again ({Reason})")]
    public static partial void IndexBehind(this ILogger logger, string reason);

    [LoggerMessage(7034, LogLevel.Warning, "The search index can't be written; after a restart it is made anew ({Reason})")]
    public static partial void IndexNotWritten(this ILogger logger, string reason);

    [LoggerMessage(
        7035, LogLevel.Warning, "Changes of other access points are not heard of; it is tried again ({Reason})")]
    public static partial void ChangesUnheard(this ILogger logger, string reason);

    [LoggerMessage(7040, LogLevel.Information, "Billing: {Event}, {Kind} of {Subject}; new: {New}")]
    public static partial void BillingEventTaken(
        this ILogger logger, string @event, BillingEventKind kind, string subject, bool @new);

    [LoggerMessage(7041, LogLevel.Warning, "A billing event from {Address} was refused: {Reason}")]
    public static partial void BillingEventRefused(this ILogger logger, IPAddress? address, string reason);

    [LoggerMessage(7033, LogLevel.Warning, "Plays of {Tracks} tracks could not be counted ({Reason})")]
    public static partial void PlaysLost(this ILogger logger, int tracks, string reason);
}
