namespace SpotifyCore.Client.Tests.Offline;

/// <summary>The system's clock, set forwards or back.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
