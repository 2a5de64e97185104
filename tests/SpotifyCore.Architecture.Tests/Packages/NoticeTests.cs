using System.Xml.Linq;
using SpotifyCore.Testing;

namespace SpotifyCore.Architecture.Tests.Packages;

/// <summary>NOTICE and the packages that are used say the same.</summary>
public sealed class NoticeTests
{
    [Fact]
    public void Notice_NamesEveryPinAndWhatComesWithIt_AndNothingElse() => Assert.Equal(
        UsedPackages.Pinned().Keys.Union(UsedPackages.Resolved().Keys, StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.OrdinalIgnoreCase),
        Notice.Read().Select(line => line.Package));

    [Fact]
    public void Notice_LicenceOfEachPackage_IsTheOneItStates()
    {
        var versions = UsedPackages.Resolved().Concat(UsedPackages.Pinned())
            .GroupBy(package => package.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.OrdinalIgnoreCase);
        Assert.All(Notice.Read(), line =>
        {
            Assert.Equal(UsedPackages.LicenceOf(line.Package, versions[line.Package]) ?? line.Licence, line.Licence);
            Assert.NotEmpty(line.Copyright);
        });
    }

    [Fact]
    public void Pins_AllAreUsed()
    {
        var named = new[] { "*.csproj", "Directory.Build.props" }
            .SelectMany(name => Directory.EnumerateFiles(Repository.Root, name, SearchOption.AllDirectories))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            .Select(reference => reference.Attribute("Include")?.Value);
        Assert.Empty(UsedPackages.Pinned().Keys.Except(named).Except(UsedPackages.Resolved().Keys));
    }
}
