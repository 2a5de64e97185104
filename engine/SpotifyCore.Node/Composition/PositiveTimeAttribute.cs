using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Node.Composition;

/// <summary>A time that must be longer than nothing and no longer than a day.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositiveTimeAttribute() : ValidationAttribute("{0} must be a time longer than nothing and of at most a day")
{
    public override bool IsValid(object? value) => value is TimeSpan { Ticks: > 0 and <= TimeSpan.TicksPerDay };
}
