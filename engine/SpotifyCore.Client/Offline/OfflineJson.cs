using System.Text.Json.Serialization;

namespace SpotifyCore.Client.Offline;

/// <summary>How the list is written; generated, so that it needs no reflection.</summary>
[JsonSerializable(typeof(OfflineEntry[]))]
internal sealed partial class OfflineJson : JsonSerializerContext;
