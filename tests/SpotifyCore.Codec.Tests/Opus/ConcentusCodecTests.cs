using System.Xml.Linq;
using SpotifyCore.Codec.Opus;
using SpotifyCore.Testing;

namespace SpotifyCore.Codec.Tests.Opus;

/// <summary>Opus by Concentus.</summary>
public sealed class ConcentusCodecTests : OpusCodecContract
{
    protected override IOpusCodec Codec => OpusCodecs.Managed;

    [Fact]
    public void Version_IsThatOfThePin()
    {
        var pin = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(package => package.Attribute("Include")!.Value == "Concentus");
        Assert.Equal($"Concentus {pin.Attribute("Version")!.Value}", Codec.Version);
    }
}
