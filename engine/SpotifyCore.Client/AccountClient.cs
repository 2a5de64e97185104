using Google.Protobuf;
using SpotifyCore.Client.Access;
using SpotifyCore.Client.Accounts;
using SpotifyCore.Client.SignIn;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Text;
using SpotifyCore.Contracts;

namespace SpotifyCore.Client;

/// <summary>
/// What a listener does with accounts: makes one, and changes the one that is logged in. The access point is asked each
/// time, and nothing is kept. Safe for many threads.
/// </summary>
public sealed class AccountClient
{
    private readonly AccessPointClient _link;
    private readonly OwnerProofs _proofs;

    internal AccountClient(AccessPointClient link) => (_link, _proofs) = (link, new OwnerProofs(link));

    /// <summary>Makes an account, with or without a login; to be logged in to then.</summary>
    /// <returns>Its name, as it is kept.</returns>
    /// <exception cref="AccessPointException">It can't be made, and the message says why; or the access point can't be
    /// reached.</exception>
    public Task<string> RegisterAsync(Registration registration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var request = new RegisterRequest
        {
            Name = registration.Name,
            Password = registration.Password,
            Country = registration.Country,
            Email = registration.Email,
            Invitation = registration.Invitation,
        };
        return AccessFailures.MapAsync(async () => (await _link.CallAccountsAsync(
            (calls, options) => calls.RegisterAsync(request, options), cancellationToken)).Name);
    }

    /// <summary>What the account says.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<ProfileInfo> GetProfileAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () => InfoOf(await _link.CallAccountsAsync(
            static (calls, options) => calls.GetProfileAsync(new GetProfileRequest(), options), cancellationToken)));

    /// <summary>Chooses what others are to read; at most 64 characters, empty for none.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">It can't be, or the access point can't be reached.</exception>
    public Task<ProfileInfo> SetDisplayNameAsync(string displayName, CancellationToken cancellationToken = default)
    {
        var request = new SetProfileRequest { DisplayName = displayName };
        return AccessFailures.MapAsync(async () => InfoOf(await _link.CallAccountsAsync(
            (calls, options) => calls.SetProfileAsync(request, options), cancellationToken)));
    }

    /// <summary>Where the account is logged in, the latest seen first.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<SessionInfo>> ListSessionsAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<SessionInfo>>(async () =>
        {
            var list = await _link.CallAccountsAsync(
                static (calls, options) => calls.ListSessionsAsync(new ListSessionsRequest(), options), cancellationToken);
            return [.. list.Sessions.Where(static session => session.Client.Length == PeerId.Size).Select(InfoOf)];
        });

    /// <summary>Ends the session of a client at once, with what is open under it.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is none, or the access point can't be reached.</exception>
    public Task EndSessionAsync(PeerId client, CancellationToken cancellationToken = default) =>
        EndAsync(new EndSessionsRequest { Client = ByteString.CopyFrom(client.Bits.ToArray()) }, cancellationToken);

    /// <summary>Ends all sessions but this client's.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<int> EndOtherSessionsAsync(CancellationToken cancellationToken = default) =>
        EndAsync(new EndSessionsRequest(), cancellationToken);

    /// <summary>Makes an invitation to give away.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">There is none left to give, or the access point can't be reached.</exception>
    public Task<InvitationCode> InviteAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () =>
        {
            var made = await _link.CallAccountsAsync(
                static (calls, options) => calls.InviteAsync(new InviteRequest(), options), cancellationToken);
            return new InvitationCode(PlainText.Of(made.Code), TimeOf(made.ExpiresUnixMs));
        });

    /// <summary>The invitations that were given, the latest first.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<InvitationInfo>> ListInvitationsAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<InvitationInfo>>(async () =>
        {
            var list = await _link.CallAccountsAsync(
                static (calls, options) => calls.ListInvitationsAsync(new ListInvitationsRequest(), options),
                cancellationToken);
            return [.. list.Invitations.Select(static given =>
                new InvitationInfo(PlainText.Of(given.Begins), TimeOf(given.MadeUnixMs), TimeOf(given.ExpiresUnixMs))
                {
                    Taken = KnownTimeOf(given.TakenUnixMs), TakenBy = PlainText.Of(given.TakenBy),
                })];
        });

    /// <summary>
    /// Makes a password for a program that is not trusted with the account's own: it may stream with it, and no more.
    /// </summary>
    /// <returns>The password; nobody can tell it again.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">It can't be made, or the access point can't be reached.</exception>
    public Task<string> AddAppPasswordAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new AddAppPasswordRequest { Name = name };
        return AccessFailures.MapAsync(async () => PlainText.Of((await _link.CallAccountsAsync(
            (calls, options) => calls.AddAppPasswordAsync(request, options), cancellationToken)).Password));
    }

    /// <summary>The app passwords, by name.</summary>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">The access point can't be reached.</exception>
    public Task<IReadOnlyList<AppPasswordInfo>> ListAppPasswordsAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync<IReadOnlyList<AppPasswordInfo>>(async () =>
        {
            var list = await _link.CallAccountsAsync(
                static (calls, options) => calls.ListAppPasswordsAsync(new ListAppPasswordsRequest(), options),
                cancellationToken);
            return [.. list.Passwords.Select(static one => new AppPasswordInfo(
                PlainText.Of(one.Name), TimeOf(one.CreatedUnixMs), KnownTimeOf(one.UsedUnixMs)))];
        });

    /// <summary>Ends an app password, and what is logged in with it, at once.</summary>
    /// <returns>How many sessions have ended.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">There is none of that name, or the access point can't be reached.</exception>
    public Task<int> RemoveAppPasswordAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new RemoveAppPasswordRequest { Name = name };
        return AccessFailures.MapAsync(async () => (await _link.CallAccountsAsync(
            (calls, options) => calls.RemoveAppPasswordAsync(request, options), cancellationToken)).Ended);
    }

    /// <summary>Has a code be sent to the account's address, to be verified with.</summary>
    /// <returns>The address.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">There is nothing to verify, or the access point can't be reached.</exception>
    public Task<string> SendVerificationAsync(CancellationToken cancellationToken = default) =>
        AccessFailures.MapAsync(async () => PlainText.Of((await _link.CallAccountsAsync(
            static (calls, options) => calls.SendVerificationAsync(new SendVerificationRequest(), options),
            cancellationToken)).Email));

    /// <summary>Shows with a code that an account's address is its owner's, with or without a login.</summary>
    /// <returns>The account's name.</returns>
    /// <exception cref="AccessPointException">The code can't be used, or the access point can't be reached.</exception>
    public Task<string> VerifyEmailAsync(string code, CancellationToken cancellationToken = default)
    {
        var request = new VerifyEmailRequest { Code = code };
        return AccessFailures.MapAsync(async () => PlainText.Of((await _link.CallAccountsAsync(
            (calls, options) => calls.VerifyEmailAsync(request, options), cancellationToken)).Name));
    }

    /// <summary>
    /// Has a code for a new password be sent to an account's verified address, with or without a login; whether there is
    /// one is not told.
    /// </summary>
    /// <exception cref="AccessPointException">No mail is sent, or the access point can't be reached.</exception>
    public Task AskPasswordResetAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new AskPasswordResetRequest { Name = name };
        return AccessFailures.MapAsync(() => _link.CallAccountsAsync(
            (calls, options) => calls.AskPasswordResetAsync(request, options), cancellationToken));
    }

    /// <summary>Sets a new password with a code, which logs the account out everywhere; with or without a login.</summary>
    /// <returns>The account's name.</returns>
    /// <exception cref="AccessPointException">Code or password can't be used, or the access point can't be
    /// reached.</exception>
    public Task<string> ResetPasswordAsync(
        string code, string password, CancellationToken cancellationToken = default)
    {
        var request = new ResetPasswordRequest { Code = code, Password = password };
        return AccessFailures.MapAsync(async () => PlainText.Of((await _link.CallAccountsAsync(
            (calls, options) => calls.ResetPasswordAsync(request, options), cancellationToken)).Name));
    }

    /// <summary>
    /// Sets the account's password: its other sessions end, and its app passwords and links; this client stays logged in.
    /// </summary>
    /// <param name="password">The new one.</param>
    /// <param name="proof">That it is the account's owner who asks.</param>
    /// <param name="show">Has a provider's page opened in a browser, where the proof is by one.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>How many sessions have ended.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">
    /// The password can't be, the proof is refused, or the access point can't be reached.
    /// </exception>
    public Task<int> ChangePasswordAsync(
        string password, ProofOfOwner proof, Func<Uri, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(show);
        return AccessFailures.MapAsync(async () =>
        {
            await GetProfileAsync(cancellationToken);
            var request = new ChangePasswordRequest
            {
                Password = password, Proof = await _proofs.MakeAsync(proof, show, cancellationToken),
            };
            return (await _link.CallCredentialsAsync(
                (calls, options) => calls.ChangePasswordAsync(request, options), cancellationToken)).Ended;
        });
    }

    /// <summary>
    /// Gives the account another address, which counts once a code that goes there comes back; the one before is told by
    /// mail.
    /// </summary>
    /// <param name="email">The address; empty for none.</param>
    /// <param name="proof">That it is the account's owner who asks.</param>
    /// <param name="show">Has a provider's page opened in a browser, where the proof is by one.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>Whether a code goes to the address.</returns>
    /// <exception cref="AccessDeniedException">Nobody is logged in, or with an app password.</exception>
    /// <exception cref="AccessPointException">
    /// The address can't be, the proof is refused, or the access point can't be reached.
    /// </exception>
    public Task<bool> ChangeEmailAsync(
        string email, ProofOfOwner proof, Func<Uri, Task> show, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        ArgumentNullException.ThrowIfNull(show);
        return AccessFailures.MapAsync(async () =>
        {
            await GetProfileAsync(cancellationToken);
            var request = new ChangeEmailRequest
            {
                Email = email, Proof = await _proofs.MakeAsync(proof, show, cancellationToken),
            };
            return (await _link.CallCredentialsAsync(
                (calls, options) => calls.ChangeEmailAsync(request, options), cancellationToken)).CodeSent;
        });
    }

    private Task<int> EndAsync(EndSessionsRequest request, CancellationToken cancellationToken) =>
        AccessFailures.MapAsync(async () => (await _link.CallAccountsAsync(
            (calls, options) => calls.EndSessionsAsync(request, options), cancellationToken)).Ended);

    private static ProfileInfo InfoOf(Profile profile) =>
        new(PlainText.Of(profile.Name), PlainText.Of(profile.DisplayName), PlainText.Of(profile.Country))
        {
            Reference = PlainText.Of(profile.Reference),
            Email = PlainText.Of(profile.Email),
            IsEmailVerified = profile.EmailVerified,
            Created = TimeOf(profile.CreatedUnixMs),
            Invitations = profile.Invitations,
            Plan = profile.Terms is { } terms ? InfoOf(terms) : null,
        };

    private static PlanInfo InfoOf(PlanTerms terms) => new(terms.Plan.ToString(), KnownTimeOf(terms.UntilUnixMs))
    {
        IsOnDemand = terms.OnDemand,
        HasAdverts = terms.Adverts,
        MaxBitsPerSecond = terms.MaxBitsPerSecond,
        UsesPeers = terms.Peers,
        KeepsOffline = terms.Offline,
    };

    private static SessionInfo InfoOf(SessionEntry session) =>
        new(PeerId.Read(session.Client.Span), PlainText.Of(session.Device), PlainText.Of(session.Address))
        {
            AppPassword = PlainText.Of(session.AppPassword),
            Kind = session.DeviceKind == Contracts.DeviceKind.Phone
                ? Accounts.DeviceKind.Phone
                : Accounts.DeviceKind.Desktop,
            Created = KnownTimeOf(session.CreatedUnixMs),
            Seen = KnownTimeOf(session.SeenUnixMs),
            IsCurrent = session.Current,
        };

    private static DateTimeOffset TimeOf(long unixMs) => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(unixMs, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));

    private static DateTimeOffset? KnownTimeOf(long unixMs) => unixMs == 0 ? null : TimeOf(unixMs);
}
