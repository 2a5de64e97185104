using System.IO.Compression;

namespace SpotifyCore.Backend.Tests.Data;

/// <summary>Databases as earlier versions made them.</summary>
internal static class FormerDatabase
{
    /// <summary>Puts one of them where it is wanted.</summary>
    public static void Unpack(string name, string path)
    {
        using var packed = typeof(FormerDatabase).Assembly.GetManifestResourceStream(name)!;
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var file = File.Create(path);
        unpacked.CopyTo(file);
    }

    /// <summary>A script that made one.</summary>
    public static string ReadText(string name)
    {
        using var reader = new StreamReader(typeof(FormerDatabase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
