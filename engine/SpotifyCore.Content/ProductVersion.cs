using System.Reflection;

namespace SpotifyCore.Content;

/// <summary>The version of everything that was built together; Directory.Build.props holds it.</summary>
public static class ProductVersion
{
    /// <summary>The version alone, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion ?? "";

    /// <summary>What <c>--version</c> of a program prints.</summary>
    public static string LineOf(string program) => $"{program} {Text}";
}
