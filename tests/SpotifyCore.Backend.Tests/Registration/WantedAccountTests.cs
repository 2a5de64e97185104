using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Registration;

namespace SpotifyCore.Backend.Tests.Registration;

public sealed class WantedAccountTests
{
    [Theory]
    [InlineData("", "correct horse", "SE", "", "A name has 1 to 64")]
    [InlineData("a name", "correct horse", "SE", "", "A name has 1 to 64")]
    [InlineData("ann\n", "correct horse", "SE", "", "A name has 1 to 64")]
    [InlineData("ann", "seven77", "SE", "", "A password has 8 to 256")]
    [InlineData("ann.archer", "ANN.ARCHER", "SE", "", "can't be the name")]
    [InlineData("ann", "correct horse", "", "", "A country is the two letters")]
    [InlineData("ann", "correct horse", "XX", "", "A country is the two letters")]
    [InlineData("ann", "correct horse", "SWE", "", "A country is the two letters")]
    [InlineData("ann", "correct horse", "S ", "", "A country is the two letters")]
    [InlineData("ann", "correct horse", "SE", "ann", "no e-mail address")]
    [InlineData("ann", "correct horse", "SE", "ann@", "no e-mail address")]
    [InlineData("ann", "correct horse", "SE", "Ann <ann@example.com>", "no e-mail address")]
    [InlineData("ann", "correct horse", "SE", "ann@example.com\r\nBcc: all@example.com", "no e-mail address")]
    [InlineData("ann", "correct horse", "SE", "ann@example.com, bob@example.com", "no e-mail address")]
    public void Make_OfWhatCantBe_SaysWhich(string name, string password, string country, string email, string said) =>
        Assert.Contains(
            said, Assert.Throws<AccountException>(() => new WantedAccount(name, password, country, email)).Message);

    [Fact]
    public void Make_OfWhatCanBe_IsAsItIsKept()
    {
        var wanted = new WantedAccount("Ann.Archer@home", "correct horse", "se", "Ann+music@example.com");

        Assert.Equal(
            ("ann.archer@home", "SE", "Ann+music@example.com"), (wanted.Name, wanted.Country, wanted.Email));
    }

    [Theory]
    [InlineData("  Ann\tArcher\u202e \n", "Ann Archer")]
    [InlineData("   ", "")]
    public void ReadDisplayName_Text_IsOneLine(string typed, string kept) =>
        Assert.Equal(kept, AccountRules.ReadDisplayName(typed));

    [Fact]
    public void ReadDisplayName_TooLong_Throws()
    {
        Assert.Equal(64, AccountRules.ReadDisplayName(new string('x', 64)).Length);
        Assert.Throws<AccountException>(() => AccountRules.ReadDisplayName(new string('x', 65)));
    }
}
