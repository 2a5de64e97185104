using SpotifyCore.Backend.Accounts;

namespace SpotifyCore.Backend.Tests.Accounts;

public sealed class RoleNamesTests
{
    [Theory]
    [InlineData("listener", AccountRoles.Listener)]
    [InlineData("Import", AccountRoles.Import)]
    [InlineData("listener, import", AccountRoles.Listener | AccountRoles.Import)]
    public void TryParse_Names_GivesRoles(string text, AccountRoles expected)
    {
        Assert.True(RoleNames.TryParse(text, out var roles));
        Assert.Equal(expected, roles);
    }

    [Theory]
    [InlineData("")]
    [InlineData("root")]
    [InlineData("listener,")]
    public void TryParse_Unknown_Refuses(string text) => Assert.False(RoleNames.TryParse(text, out _));
}
