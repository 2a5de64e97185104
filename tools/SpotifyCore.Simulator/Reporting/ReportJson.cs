using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpotifyCore.Simulator.Reporting;

/// <summary>The report as JSON, in the order and with the names that are promised.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SimulationReport))]
internal sealed partial class ReportJson : JsonSerializerContext
{
    /// <summary>The text of a report.</summary>
    public static string Write(SimulationReport report) =>
        JsonSerializer.Serialize(report, Default.SimulationReport);

    /// <summary>A report from its text.</summary>
    public static SimulationReport Read(string text) =>
        JsonSerializer.Deserialize(text, Default.SimulationReport)
        ?? throw new InvalidDataException("There is no report in this text.");
}
