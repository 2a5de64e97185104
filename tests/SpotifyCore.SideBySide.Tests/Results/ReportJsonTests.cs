using System.Text.Json.Nodes;
using SpotifyCore.SideBySide.Results;

namespace SpotifyCore.SideBySide.Tests.Results;

public sealed class ReportJsonTests
{
    private static readonly Comparison Sample =
        Comparison.Of(new Measure("serve-depth1-tls", "chunks/s"), "nginx", [30, 10, 20], [10, 10, 10]);

    [Fact]
    public void Write_AComparison_HasThePromisedNamesInOrder()
    {
        var line = JsonNode.Parse(ReportJson.Write([Sample]))!.AsArray()[0]!.AsObject();

        Assert.Equal(
            "name unit ours reference reference_name ratio spread runs",
            string.Join(' ', line.Select(static entry => entry.Key)));
        Assert.Equal("serve-depth1-tls", (string?)line["name"]);
        Assert.Equal("nginx", (string?)line["reference_name"]);
        Assert.Equal((20, 10), ((double)line["ours"]!, (double)line["reference"]!));
        Assert.Equal((2, 3), ((double)line["ratio"]!, (int)line["runs"]!));
    }

    [Fact]
    public void Write_NoComparison_IsAnEmptyList() => Assert.Empty(JsonNode.Parse(ReportJson.Write([]))!.AsArray());
}
