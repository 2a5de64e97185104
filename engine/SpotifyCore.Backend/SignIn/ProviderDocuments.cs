using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using SpotifyCore.Backend.Configuration;
using SpotifyCore.Content.Time;

namespace SpotifyCore.Backend.SignIn;

/// <summary>
/// What a provider publishes of itself and its keys. One look at a time serves all who wait, each for a bounded while.
/// One that fails is not repeated for <see cref="LookInterval"/>, and what was known before it stays. Safe for many
/// threads.
/// </summary>
internal sealed class ProviderDocuments : IDisposable
{
    /// <summary>How long a provider has for each of its documents, and a caller waits for both.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// So long at least after a failure, or between two looks for the sake of a token: anybody may send one.
    /// </summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    /// <summary>What is older is looked for anew, behind the back of whoever asks.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromHours(12);

    // A configuration has a few thousand bytes, and so have keys.
    private const int MaxDocumentBytes = 256 << 10;

    private readonly Lock _gate = new();
    private readonly ProviderSetting _setting;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private ProviderAnswer? _known;
    private Instant _heard;
    private Task<ProviderAnswer>? _look;
    private Instant? _looked;

    /// <summary>Those of one as it is set, which is not asked anything yet.</summary>
    public ProviderDocuments(ProviderSetting setting, TimeProvider time)
    {
        _setting = setting;
        _time = time;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience })
        {
            Timeout = Patience, MaxResponseContentBufferSize = MaxDocumentBytes,
        };
    }

    /// <summary>What is known, or what a look ends with where nothing is.</summary>
    public Task<ProviderAnswer> AskAsync(CancellationToken cancellationToken)
    {
        Task<ProviderAnswer> look;
        lock (_gate)
        {
            if (_known is null)
            {
                look = FindLookAsync(isForToken: false);
            }
            else
            {
                if (_time.GetInstant() - _heard >= Freshness)
                    _ = FindLookAsync(isForToken: false);

                return Task.FromResult(_known);
            }
        }

        return WaitAsync(look, cancellationToken);
    }

    /// <summary>What is known since, or a new look ends with: the same where it is too early for one.</summary>
    public Task<ProviderAnswer> AskAgainAsync(ProviderAnswer known, CancellationToken cancellationToken)
    {
        Task<ProviderAnswer> look;
        lock (_gate)
        {
            if (_known is { } current && !ReferenceEquals(current, known))
                return Task.FromResult(current);

            look = FindLookAsync(isForToken: true);
        }

        return WaitAsync(look, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    // The one under way, or that stands for a while, or a new one. Under the lock.
    private Task<ProviderAnswer> FindLookAsync(bool isForToken)
    {
        if (_look is { } last && (!last.IsCompleted || _time.GetInstant() - _looked < LookInterval))
            return last;

        return _look = Task.Run(() => LookAsync(isForToken));
    }

    // It goes on for the others when one gives it up.
    private async Task<ProviderAnswer> WaitAsync(Task<ProviderAnswer> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look.WaitAsync(Patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return NoAnswer();
        }
    }

    private async Task<ProviderAnswer> LookAsync(bool isForToken)
    {
        var answer = await ReadAsync();
        lock (_gate)
        {
            var now = _time.GetInstant();
            _looked = isForToken || answer.Told is null ? now : null;
            if (answer.Told is not null)
                (_known, _heard) = (answer, now);
        }

        return answer;
    }

    private async Task<ProviderAnswer> ReadAsync()
    {
        try
        {
            return Check(await OpenIdConnectConfigurationRetriever.GetAsync(
                $"{_setting.Issuer.TrimEnd('/')}/.well-known/openid-configuration",
                new HttpDocumentRetriever(_http) { RequireHttps = !_setting.IsPlain }, CancellationToken.None));
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever it sends, reading it ends here: those who wait are told, and the next look is made.
            return NoAnswer();
        }
    }

    // What can't be right must not take the place of what is.
    private ProviderAnswer Check(OpenIdConnectConfiguration told) =>
        told.Issuer != _setting.Issuer ? Wrong("it has another issuer than the operator has written")
        : !told.SigningKeys.Any(SignatureAlgorithms.IsFor) ? Wrong("it publishes no key that id tokens are checked by")
        : new ProviderAnswer(told, "");

    private ProviderAnswer NoAnswer() =>
        new(null, $"The provider '{_setting.Name}' does not answer; try again later.");

    private ProviderAnswer Wrong(string what) =>
        new(null, $"The provider '{_setting.Name}' is set up wrongly: {what}.");
}
