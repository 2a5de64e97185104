using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Control.Tests.SignIn;

/// <summary>With OpenIddict's server in this process.</summary>
public sealed class OpenIddictNetwork() : SignInNetwork("openiddict")
{
    private OpenIddictProvider _provider = null!;

    public override void Expect(string person) => (_provider.Subject, _provider.PreferredName) = (person, person);

    protected override async Task<string> StartProviderAsync()
    {
        _provider = await OpenIddictProvider.StartAsync();
        return _provider.Issuer;
    }

    protected override async Task StopProviderAsync() => await _provider.DisposeAsync();
}
