using System.Text.Json.Serialization;

namespace SpotifyCore.Client.Keeping;

/// <summary>How kept playback is written; generated, so that it needs no reflection.</summary>
[JsonSerializable(typeof(KeptQueue))]
[JsonSerializable(typeof(KeptPlace))]
internal sealed partial class KeptPlaybackJson : JsonSerializerContext;
