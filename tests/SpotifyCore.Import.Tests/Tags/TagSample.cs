using System.Text.Json.Nodes;

namespace SpotifyCore.Import.Tests.Tags;

/// <summary>A file with tags.</summary>
/// <param name="Name">Its path in the folder of samples.</param>
/// <param name="Right">What is right for it.</param>
/// <param name="Differs">Whether mutagen reads something else, or nothing.</param>
/// <param name="Mutagen">What mutagen reads; null for nothing.</param>
internal sealed record TagSample(string Name, JsonObject Right, bool Differs, JsonObject? Mutagen);
