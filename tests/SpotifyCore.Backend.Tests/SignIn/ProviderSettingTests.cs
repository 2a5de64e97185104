using SpotifyCore.Backend.Configuration;

namespace SpotifyCore.Backend.Tests.SignIn;

/// <summary>Providers as an operator writes them.</summary>
public sealed class ProviderSettingTests
{
    [Theory]
    [InlineData("example=client@https://id.example.com", "example", "client", "https://id.example.com")]
    [InlineData("a-b.c_1=me@here@https://id.example.com/realms/x/", "a-b.c_1", "me@here", "https://id.example.com/realms/x/")]
    [InlineData("here=client@http://127.0.0.1:8080", "here", "client", "http://127.0.0.1:8080")]
    [InlineData("here=client@http://[::1]:8080", "here", "client", "http://[::1]:8080")]
    [InlineData("here=client@http://localhost", "here", "client", "http://localhost")]
    public void Validate_OneThatCanBe_IsRead(string text, string name, string client, string issuer)
    {
        Assert.True(ProviderSetting.TryParse(text, out var provider));
        Assert.Equal((name, client, issuer), (provider.Name, provider.ClientId, provider.Issuer));
        Assert.DoesNotContain("IdentityProviders", WrongWith(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://id.example.com")]
    [InlineData("example=https://id.example.com")]
    [InlineData("example=@https://id.example.com")]
    [InlineData("=client@https://id.example.com")]
    [InlineData("Example=client@https://id.example.com")]
    [InlineData("example=client@http://id.example.com")]
    [InlineData("example=client@ftp://127.0.0.1")]
    [InlineData("example=client@https://id.example.com?tenant=1")]
    [InlineData("example=client@https://id.example.com/#x")]
    [InlineData("example=client@id.example.com")]
    public void Validate_OneThatCantBe_IsToldWithItsText(string text) =>
        Assert.Contains($"IdentityProviders: '{text}' is not", WrongWith(text), StringComparison.Ordinal);

    [Fact]
    public void Validate_NameOrIssuerTwice_IsTold()
    {
        var wrong = WrongWith("a=x@https://id.example.com", "a=y@https://id.example.org", "b=z@https://id.example.com");

        Assert.Contains("there are 2 of the name 'a'", wrong, StringComparison.Ordinal);
        Assert.Contains("https://id.example.com stands there 2 times", wrong, StringComparison.Ordinal);
    }

    private static string WrongWith(params string[] providers) =>
        new BackendOptionsValidator().Validate(null, new BackendOptions
        {
            DataDirectory = "data", IdentityProviders = providers,
        }).FailureMessage ?? "";
}
