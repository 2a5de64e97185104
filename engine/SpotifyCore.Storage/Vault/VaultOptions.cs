using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace SpotifyCore.Storage.Vault;

/// <summary>Where a vault keeps its files.</summary>
public sealed class VaultOptions
{
    /// <summary>Directory of the vault. One process at a time may have it open.</summary>
    [Description("Directory of the vault; vault in the data directory unless set.")]
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>How many files stay open, with their manifests in memory; 512 unless set.</summary>
    [Description("Files kept open.")]
    [Range(1, 65_536)]
    public int OpenFiles { get; set; } = 512;
}
