using SpotifyCore.Backend.Registration;
using SpotifyCore.Client.Tests.Network;
using SpotifyCore.Testing.Providers;

namespace SpotifyCore.Control.Tests.SignIn;

/// <summary>A network with a real provider, and one that nobody runs.</summary>
/// <param name="name">The provider's name.</param>
public abstract class SignInNetwork(string name) : IAsyncLifetime
{
    /// <summary>The provider's name at the access point.</summary>
    public string Provider => name;

    public TestNetwork Network { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var issuer = await StartProviderAsync();
        Network = new WithProviders($"{name}={OpenIddictProvider.ClientId}@{issuer}", "silent=x@http://127.0.0.1:1");
        await Network.InitializeAsync();
        Network.SetRegistration(RegistrationMode.Open);
    }

    public async Task DisposeAsync()
    {
        await Network.DisposeAsync();
        await StopProviderAsync();
    }

    /// <summary>Who goes through the provider's pages next.</summary>
    public virtual void Expect(string person)
    {
    }

    /// <summary>Starts it.</summary>
    /// <returns>Its issuer.</returns>
    protected abstract Task<string> StartProviderAsync();

    protected abstract Task StopProviderAsync();

    private sealed class WithProviders(params string[] providers) : TestNetwork
    {
        protected override string[] IdentityProviders => providers;
    }
}
