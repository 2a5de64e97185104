using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyCore.SideBySide.Results;

/// <summary>The report as a file: a list of comparisons, with the names of their properties in snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<Comparison>))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    public static string Write(IReadOnlyList<Comparison> comparisons) =>
        JsonSerializer.Serialize(comparisons, Default.IReadOnlyListComparison);
}
