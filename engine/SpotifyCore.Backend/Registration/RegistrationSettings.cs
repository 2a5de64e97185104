using System.Data.Common;
using SpotifyCore.Backend.Accounts;
using SpotifyCore.Backend.Data;

namespace SpotifyCore.Backend.Registration;

/// <summary>
/// Who may register, by country, and elsewhere; nobody unless it is set. What is set counts from the next registration on,
/// at every access point. Safe for many threads.
/// </summary>
public sealed class RegistrationSettings(ServiceDatabase database)
{
    // Stands for all countries that have no setting of their own; first in the order of countries.
    private const string Elsewhere = "";

    /// <summary>All that is set: elsewhere first, whether it is set or not, then countries by their codes.</summary>
    public IReadOnlyList<RegistrationSetting> List()
    {
        using var connection = database.Open();
        var set = connection.Query("SELECT country, mode FROM registration ORDER BY country").All(
            static row => new RegistrationSetting(row.GetString(0), (RegistrationMode)row.GetInt32(1)));
        return set is [{ Country: Elsewhere }, ..]
            ? set
            : [new RegistrationSetting(Elsewhere, RegistrationMode.Closed), .. set];
    }

    /// <summary>Sets who may register; durable when this returns.</summary>
    /// <param name="country">ISO 3166-1 alpha-2; empty for all countries that have no setting of their own.</param>
    /// <param name="mode">Who may.</param>
    /// <exception cref="AccountException">There is no such country.</exception>
    public void Set(string country, RegistrationMode mode)
    {
        var code = Read(country);
        database.Write(connection => connection.Execute(
            """
            INSERT INTO registration (country, mode) VALUES (@country, @mode)
            ON CONFLICT (country) DO UPDATE SET mode = excluded.mode
            """,
            ("@country", code), ("@mode", (int)mode)));
    }

    /// <summary>Has a country go by what is set elsewhere again; durable when this returns.</summary>
    /// <exception cref="AccountException">There is no such country.</exception>
    public void Clear(string country)
    {
        var code = Read(country);
        database.Write(connection => connection.Execute(
            "DELETE FROM registration WHERE country = @country", ("@country", code)));
    }

    /// <summary>Who may register in a country, by its code.</summary>
    internal static RegistrationMode ModeOf(DbConnection connection, string country) => connection.Query(
        "SELECT mode FROM registration WHERE country IN (@country, @elsewhere) ORDER BY country DESC LIMIT 1",
        ("@country", country), ("@elsewhere", Elsewhere))
        .Single(static row => (RegistrationMode)row.GetInt32(0));

    private static string Read(string country) => country.Length == 0 ? Elsewhere : AccountRules.ReadCountry(country);
}
