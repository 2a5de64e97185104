using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Node.Configuration;

/// <summary>A span above zero that a timer takes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PositiveTimeAttribute : ValidationAttribute
{
    /// <summary>The longest, in days; more than one only for what is waited for in parts.</summary>
    public int MostDays { get; set; } = 1;

    public override bool IsValid(object? value) =>
        value is TimeSpan span && span > TimeSpan.Zero && span <= TimeSpan.FromDays(MostDays);

    public override string FormatErrorMessage(string name) =>
        $"{name} must be a time longer than nothing and of at most {(MostDays == 1 ? "a day" : $"{MostDays} days")}";
}
