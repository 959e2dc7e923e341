-- How a site looks: JSON of accent, theme, corners and position, each left out where it is as the product has it.
ALTER TABLE sites ADD COLUMN look TEXT;
