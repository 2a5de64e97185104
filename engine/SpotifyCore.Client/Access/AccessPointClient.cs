using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using SpotifyCore.Client.Running;
using SpotifyCore.Content.Identity;
using SpotifyCore.Content.Time;
using SpotifyCore.Contracts;
using SpotifyCore.Contracts.Endpoints;
using SpotifyCore.Contracts.Login;
using SpotifyCore.Protocol.Trust;

namespace SpotifyCore.Client.Access;

/// <summary>
/// The client's side of the access point: the login, calls under its session, and the open session stream by which
/// the access point knows that the client is online. Safe for many threads.
/// </summary>
internal sealed class AccessPointClient : IAsyncDisposable
{
    private const int OpenTries = 2;

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);
    // Who makes an account waits for others' passwords to be hashed.
    private static readonly TimeSpan AccountsTimeout = TimeSpan.FromMinutes(1);
    // Who waits for an answer that may well not come has something else to play.
    private static readonly TimeSpan OfflineTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromSeconds(3);
    // Who clicked hears nothing meanwhile.
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan OpenPause = TimeSpan.FromMilliseconds(500);

    private readonly EndpointChannel _channel;
    private readonly AccessPoint.AccessPointClient _calls;
    private readonly UserAccounts.UserAccountsClient _accounts;
    private readonly ExternalSignIn.ExternalSignInClient _signIns;
    private readonly Credentials.CredentialsClient _credentials;
    private readonly OfflineMusic.OfflineMusicClient _offline;
    private readonly Handover.HandoverClient _handover;
    private readonly NodeIdentity _self;
    private readonly TicketStore _tickets;
    private readonly PresenceStream _session;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _ending = new();
    private IPresenceListener? _listener;
    private int _answers;

    /// <summary>A link that is not logged in.</summary>
    public AccessPointClient(
        EndpointChannelOptions address, NodeIdentity self, TicketStore tickets, TimeProvider time, ILogger logger)
    {
        _channel = new EndpointChannel(address);
        _calls = new AccessPoint.AccessPointClient(_channel);
        _accounts = new UserAccounts.UserAccountsClient(_channel);
        _signIns = new ExternalSignIn.ExternalSignInClient(_channel);
        _credentials = new Credentials.CredentialsClient(_channel);
        _offline = new OfflineMusic.OfflineMusicClient(_channel);
        _handover = new Handover.HandoverClient(_channel);
        _self = self;
        _tickets = tickets;
        _session = new PresenceStream(_calls, tickets, time, logger);
        (Time, _logger) = (time, logger);
    }

    /// <summary>What this device is called in the list of the account's sessions; empty for nothing.</summary>
    public string DeviceName { get; init; } = "";

    /// <summary>What this device is, for what the plan allows there.</summary>
    public Accounts.DeviceKind DeviceKind { get; init; }

    /// <summary>The clock of pauses.</summary>
    public TimeProvider Time { get; }

    /// <summary>The account's name; empty when nobody is logged in.</summary>
    public string Account { get; private set; } = "";

    /// <summary>Whose session the access point has ended; empty once somebody logs in or out.</summary>
    public string EndedAccount { get; private set; } = "";

    /// <summary>
    /// What the device calls itself on which the account plays since it was paused here, empty when it does not say; null
    /// when it was not paused for that. From any thread.
    /// </summary>
    public string? TakenBy { get; private set; }

    /// <summary>True while the access point knows that this client is online. From any thread.</summary>
    public bool IsOnline => _session.IsOpen;

    /// <summary>Logs in and goes online; ends the session that was.</summary>
    /// <param name="name">The account.</param>
    /// <param name="password">Its password.</param>
    /// <param name="listener">Takes what the access point says while the client is online.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <returns>The account's name as it is kept, and the session's token, which is a secret.</returns>
    /// <exception cref="RpcException">
    /// The name or password is wrong, the account may not listen, or the access point is out of reach.
    /// </exception>
    public Task<(string Name, string Token)> LogInAsync(
        string name, string password, IPresenceListener listener, CancellationToken cancellationToken)
    {
        var request = RequestOf(name, password);
        (request.Device, request.DeviceKind) = (DeviceName, WireKind);
        return LogInAsync(
            options => _calls.LogInAsync(request, challenge => KeyProof.Sign(_self, challenge, name), options),
            listener, cancellationToken);
    }

    /// <summary>As the other, with what a provider has said.</summary>
    /// <param name="request">Provider, token, challenge and the account that is wanted; the client's part is put in.</param>
    /// <param name="listener">As there.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="RpcException">It is refused, or the access point is out of reach.</exception>
    public Task<(string Name, string Token)> LogInAsync(
        SignInRequest request, IPresenceListener listener, CancellationToken cancellationToken)
    {
        Sign(request);
        (request.Role, request.Device, request.DeviceKind) = (LoginRoles.Listener, DeviceName, WireKind);
        return LogInAsync(options => _signIns.SignInAsync(request, options).ResponseAsync, listener, cancellationToken);
    }

    /// <summary>Has this client prove by the account's password whose that is.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public async Task<LoginRequest> ProveAsync(string password, CancellationToken cancellationToken)
    {
        var request = RequestOf(Account, password);
        var asked = await CallAccountsAsync(
            (_, options) => _calls.GetLoginChallengeAsync(new GetLoginChallengeRequest(), options), cancellationToken);
        request.Challenge = asked.Challenge;
        request.Proof = ByteString.CopyFrom(KeyProof.Sign(_self, asked.Challenge.Span, request.Name));
        return request;
    }

    /// <summary>Signs what a provider has said with this client's key.</summary>
    public void Sign(SignInRequest request)
    {
        request.PeerKey = ByteString.CopyFrom(_self.ExportPublicKey());
        request.Proof = ByteString.CopyFrom(KeyProof.Sign(_self, request.Challenge.Span, request.IdToken));
    }

    /// <summary>What a provider is to put into a token for this client.</summary>
    public string NonceOf(ByteString challenge) => SignInNonce.Of(challenge.Span, _self.Id);

    private LoginRequest RequestOf(string name, string password) =>
        AccessPointLogin.RequestOf(name, password, _self.ExportPublicKey(), LoginRoles.Listener);

    private Contracts.DeviceKind WireKind =>
        DeviceKind == Accounts.DeviceKind.Phone ? Contracts.DeviceKind.Phone : Contracts.DeviceKind.Desktop;

    private async Task<(string Name, string Token)> LogInAsync(
        Func<CallOptions, Task<LoginReply>> login, IPresenceListener listener, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
            var reply = await login(Options(calledOff.Token));
            await LeaveAsync();
            _tickets.SetKeys(reply.Keys);
            _tickets.SetTicket(reply.Ticket.Ticket_.ToByteArray());
            Enter(reply.Name, reply.Session, listener);
            return (reply.Name, reply.Session);
        }
        catch (RpcException failure) when (failure.IsCalledOff())
        {
            throw CalledOff(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Goes on with a session of an earlier run, online as soon as the access point can be reached.</summary>
    public void Resume(string name, string token, IPresenceListener listener) => Enter(name, token, listener);

    /// <summary>Goes offline, ends the session, and forgets it.</summary>
    /// <returns>False when the access point could not be told: there, the session ends with its lifetime.</returns>
    public async Task<bool> LogOutAsync()
    {
        await _turn.WaitAsync();
        try
        {
            var isEnded = await LeaveAsync();
            Forget();
            (EndedAccount, TakenBy) = ("", null);
            return isEnded;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets a session that the access point has ended.</summary>
    public void NoteEnded()
    {
        if (Account.Length > 0)
            EndedAccount = Account;

        Forget();
    }

    /// <summary>
    /// Calls a method under the session. One that the access point knows no more has ended; that is known once the call
    /// has failed. So is that the access point answers nothing.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="hasElse">True where there is something else than the answer, for which nobody waits long.</param>
    /// <param name="cancellationToken">Calls it off.</param>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallAsync<TResponse>(
        Func<AccessPoint.AccessPointClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        bool hasElse = false,
        CancellationToken cancellationToken = default) =>
        CallAsync(call, IsOnline && !hasElse ? CallTimeout : OfflineTimeout, cancellationToken);

    /// <summary>
    /// Calls a method of accounts, as any: under the session if there is one. It may have to wait for its turn there.
    /// </summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallAccountsAsync<TResponse>(
        Func<UserAccounts.UserAccountsClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken) =>
        CallAsync((_, options) => call(_accounts, options), AccountsTimeout, cancellationToken, mayBeLate: true);

    /// <summary>Calls a method of sign-ins, as one of accounts: the provider may have to be waited for there.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallSignInsAsync<TResponse>(
        Func<ExternalSignIn.ExternalSignInClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken) =>
        CallAsync((_, options) => call(_signIns, options), AccountsTimeout, cancellationToken, mayBeLate: true);

    /// <summary>Calls a method of credentials, as one of accounts.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallCredentialsAsync<TResponse>(
        Func<Credentials.CredentialsClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken) =>
        CallAsync((_, options) => call(_credentials, options), AccountsTimeout, cancellationToken, mayBeLate: true);

    /// <summary>Calls a method of offline music, under the session.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallOfflineAsync<TResponse>(
        Func<OfflineMusic.OfflineMusicClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken = default) =>
        CallAsync((_, options) => call(_offline, options), CallTimeout, cancellationToken);

    /// <summary>Calls a method of what the account plays, under the session.</summary>
    /// <exception cref="RpcException">The call failed, or the link was disposed meanwhile.</exception>
    public Task<TResponse> CallHandoverAsync<TResponse>(
        Func<Handover.HandoverClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        CancellationToken cancellationToken = default) =>
        CallAsync((_, options) => call(_handover, options), CallTimeout, cancellationToken);

    /// <summary>
    /// Opens a track. An access point that leaves that unanswered is asked once more, unless it did not answer before
    /// either; meanwhile the client counts as offline.
    /// </summary>
    /// <exception cref="RpcException">As for any call.</exception>
    public async Task<OpenedTrack> OpenTrackAsync(OpenTrackRequest request)
    {
        var backoff = new Backoff(OpenPause, OpenPause, jitter: 0.5);
        for (var left = IsOnline ? OpenTries : 1; ; left--)
        {
            try
            {
                return await CallAsync(
                    (calls, options) => calls.OpenTrackAsync(request, options), OpenTimeout, CancellationToken.None);
            }
            catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded && left > 1)
            {
                ClientLog.OpenUnanswered(_logger, request.Track);
            }

            // Once this is being disposed of, the next try says so.
            await Task.Delay(backoff.Next(Random.Shared.NextDouble()), Time, _ending.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Calls a method that answers with many messages.</summary>
    public AsyncServerStreamingCall<TResponse> Stream<TResponse>(
        Func<AccessPoint.AccessPointClient, CallOptions, AsyncServerStreamingCall<TResponse>> call,
        CancellationToken cancellationToken) => call(_calls, Options(cancellationToken));

    /// <summary>Tells the tracker that a whole file is held, now or once the session is open again.</summary>
    public void Announce(FileId file) => _session.Announce(file);

    /// <summary>Says at which port others reach this client; 0 for none.</summary>
    public void SetPort(int port) => _session.SetPort(port);

    /// <summary>Says whether this client plays; once it does again, it is no other device that does.</summary>
    public void SetPlaying(bool isPlaying, bool isResumed)
    {
        if (isPlaying)
            TakenBy = null;

        _session.SetPlaying(isPlaying, isResumed);
    }

    /// <summary>The account plays on another device.</summary>
    public void NoteTaken(string device) => TakenBy = device;

    /// <summary>Has a peer connect to this client.</summary>
    public void AskReverse(PeerId peer) =>
        _session.Say(new ClientNotice { Reverse = new ReverseWanted { Peer = Bytes(peer) } });

    /// <summary>Says that a peer misbehaved.</summary>
    public void Report(PeerId peer, PeerFault fault) =>
        _session.Say(new ClientNotice { Report = new PeerReport { Peer = Bytes(peer), Fault = fault } });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _turn.WaitAsync();
        try
        {
            await _session.CloseAsync();
            _channel.Dispose();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<TResponse> CallAsync<TResponse>(
        Func<AccessPoint.AccessPointClient, CallOptions, AsyncUnaryCall<TResponse>> call,
        TimeSpan timeout,
        CancellationToken cancellationToken,
        bool mayBeLate = false)
    {
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        var (session, answers) = (_channel.Session, Volatile.Read(ref _answers));
        try
        {
            var answer = await call(
                _calls, new CallOptions(deadline: EndpointChannel.In(timeout), cancellationToken: calledOff.Token));
            Interlocked.Increment(ref _answers);
            return answer;
        }
        catch (RpcException late) when (late.StatusCode == StatusCode.DeadlineExceeded)
        {
            if (!mayBeLate && answers == Volatile.Read(ref _answers))
                _session.Doubt();

            throw;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.Unauthenticated && session is not null)
        {
            await EndAsync(session, refused.Reason());
            throw;
        }
        catch (RpcException failure) when (failure.IsCalledOff())
        {
            throw CalledOff(cancellationToken);
        }
    }

    private void Forget()
    {
        _channel.Session = null;
        _tickets.Clear();
        Account = "";
    }

    /// <summary>A call was refused under a session: it has ended, unless there is another meanwhile.</summary>
    private async Task EndAsync(string session, string reason)
    {
        await _turn.WaitAsync();
        try
        {
            if (_channel.Session != session)
                return;

            await _session.CloseAsync();
            if (_channel.Session == session)
                _listener?.SessionEnded(reason);
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Enter(string name, string token, IPresenceListener listener)
    {
        (_listener, EndedAccount, TakenBy) = (listener, "", null);
        _channel.Session = token;
        Account = name;
        _session.Open(listener);
    }

    /// <summary>Closes the stream, and ends the session at the access point if it can be told.</summary>
    private async Task<bool> LeaveAsync()
    {
        await _session.CloseAsync();
        if (Account.Length == 0)
            return true;

        try
        {
            await _calls.LogOutAsync(
                new LogOutRequest(), deadline: EndpointChannel.In(LeaveTimeout), cancellationToken: _ending.Token);
            return true;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode == StatusCode.Unauthenticated;
        }
    }

    private static Exception CalledOff(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException("The call was called off.", cancellationToken)
        : CallFailure.Of(StatusCode.Unavailable, "The client is being closed.");

    private static ByteString Bytes(PeerId id)
    {
        Span<byte> bytes = stackalloc byte[PeerId.Size];
        id.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }

    private static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: EndpointChannel.In(CallTimeout), cancellationToken: cancellationToken);
}
